"""The sides of a comparison: ours, a vanilla django-import-export Resource, and the least that the work can cost."""
