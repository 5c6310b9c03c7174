"""From a Report to text: for a terminal, for a pipe, for machines."""
