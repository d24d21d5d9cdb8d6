"""What headers are called: by language, and by the systems that write exports."""
