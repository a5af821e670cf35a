"""Pure planning library: plain data in, plain data out, proved best or honest about the gap."""
