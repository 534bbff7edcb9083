"""Pages of personal information protection: notices, erasures, requests of persons, registers."""
