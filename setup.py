from setuptools import find_packages, setup

rooms = ("nlp", "models", "corpora", "service", "evaluation")
setup(packages=[f"ljuskoll.{name}" for room in rooms for name in find_packages(include=[room, f"{room}.*"])])
