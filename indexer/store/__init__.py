"""What lies on the disk, and is it whole? Arrays with checksums, generations, the manifest, the lock."""
