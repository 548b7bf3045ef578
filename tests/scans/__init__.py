"""Pages as paper brings them: samples printed, degraded by seed, and written as scans, faxes and photos."""
