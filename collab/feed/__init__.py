"""What people hear of: notifications, My day, the inbox."""
