"""Small forms for what speeds help up; used on the receipt and beside a ticket."""
