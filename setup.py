"""The package list, which pyproject.toml cannot say.

`resources/` stays at the top of the checkout, where translators and designers look for it, and is
installed as `timer_app.resources`. pyproject.toml takes either a search for packages or a map of
folders, not both; a list kept by hand would one day miss a package in the wheel.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["timer_app", "timer_app.*"]), "timer_app.resources"],
    package_dir={"timer_app.resources": "resources"},
    # Data is what package_data names; setuptools' own search takes resource folders for packages.
    include_package_data=False,
    package_data={
        "timer_app": ["py.typed"],
        "timer_app.resources": ["icons/*", "*.desktop", "i18n/*.qm"],
    },
)
