"""What people write, as types: process descriptions, questionnaires, risks and decisions."""
