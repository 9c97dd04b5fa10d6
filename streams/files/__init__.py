"""The files that an office configures with: portals, the sharing platform, notices, shapes of masks."""
