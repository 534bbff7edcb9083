"""Screens of the apps that stand below the pages: accounts and locks, the trail, divisions, background jobs."""
