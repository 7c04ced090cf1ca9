"""What has a name of the business's own: services, people, and what lies on the table."""
