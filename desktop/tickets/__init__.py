"""What a ticket is: values and rules, with no input or output."""
