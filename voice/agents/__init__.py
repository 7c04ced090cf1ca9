"""Who answers: instructions, tools and handoffs given to a model."""
