"""One function per command: Facts and a Filter in, a Report of rows, columns and notes out. Nothing prints here."""
