"""Colours particles by their score in OVITO (a script for OVITO's python; not run by the tests, which have no OVITO).

    ./vitrine score --frames 'replay:run.gsd?T=0.6&dt=0.005' --export particles=scored.gsd
    ovitos ovito_softness.py scored.gsd picture.png
"""
import sys

from ovito.io import import_file
from ovito.modifiers import ColorCodingModifier, ExpressionSelectionModifier, DeleteSelectedModifier
from ovito.vis import Viewport

pipeline = import_file(sys.argv[1])
# Particles without a score (other species, ends of the run) have NaN, which equals nothing.
pipeline.modifiers.append(ExpressionSelectionModifier(expression="score != score"))
pipeline.modifiers.append(DeleteSelectedModifier())
pipeline.modifiers.append(ColorCodingModifier(property="score", gradient=ColorCodingModifier.Magma()))
pipeline.add_to_scene()
view = Viewport(type=Viewport.Type.Perspective, camera_dir=(-1, -2, -1))
view.zoom_all()
view.render_image(filename=sys.argv[2], size=(1200, 900))
