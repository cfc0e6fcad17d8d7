"""What ties the bot to Rasa: agent, processor, policy, components, training."""
