"""What every benchmark stands on: its database (scratch), its rows (population, names), its clock (measuring)."""
