"""Pages of uploads, one file a step: listing, choosing, checking, confirming; `steps` holds what they share."""
