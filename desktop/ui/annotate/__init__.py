"""Drawing on a picture that goes along, and covering what nobody else should see."""
