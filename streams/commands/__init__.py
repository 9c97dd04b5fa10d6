"""The subcommands of gongshi, one file each."""
