"""Steps, access and deadlines of approvals."""
