"""The steps that bring a database to the present schema, written by hand."""
