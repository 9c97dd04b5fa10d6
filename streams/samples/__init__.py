"""The project's own sample decisions: invented subjects, real kinds of decisions and of mistakes."""
