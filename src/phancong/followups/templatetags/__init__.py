"""Tags that other rooms show of following up."""
