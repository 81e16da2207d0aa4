"""Make track.csv: five minutes of a bicycle ride, from the file of a package on the npm registry.

The source is ``gpx/sample-ride.gpx`` of the package stoplight 0.0.7, a ride recorded by a phone. Kept
is one stretch from a start at a traffic light to the braking for the next, with all its positions as
recorded: none is smoothed, moved or left out. Latitude and longitude become meters east and north
of the first one, dates become seconds since then, so that the file does not say where or when.

Run ``npm pack stoplight@0.0.7`` and ``python make_track.py stoplight-0.0.7.tgz`` in this folder.
"""

import csv
import sys
import tarfile
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

MEMBER = "package/gpx/sample-ride.gpx"
NAMESPACE = "{http://www.topografix.com/GPX/1/1}"
STRETCH = (278, 585)  # seconds since the recording's first position
EQUATOR, FLATTENING = 6_378_137.0, 1 / 298.257223563  # of the ellipsoid WGS 84, in meters


def positions(gpx):
    """Return time in seconds, latitude and longitude in degrees of all positions of a GPX file."""
    rows = []
    for point in ElementTree.parse(gpx).getroot().iter(f"{NAMESPACE}trkpt"):
        moment = datetime.fromisoformat(point.findtext(f"{NAMESPACE}time").replace("Z", "+00:00"))
        rows.append([moment.timestamp(), float(point.get("lat")), float(point.get("lon"))])
    time, latitude, longitude = np.array(rows).T
    return time - time[0], latitude, longitude


def local_meters(latitude, longitude):
    """Return meters east and north of the first position, on the plane that touches there."""
    squared = FLATTENING * (2 - FLATTENING)
    start = np.radians(latitude[0])
    root = np.sqrt(1 - squared * np.sin(start) ** 2)
    east = EQUATOR / root * np.cos(start) * np.radians(longitude - longitude[0])
    north = EQUATOR * (1 - squared) / root**3 * np.radians(latitude - latitude[0])
    return east, north


def main(package):
    """Read the package, write the stretch."""
    with tarfile.open(package) as archive:
        time, latitude, longitude = positions(archive.extractfile(MEMBER))
    kept = (STRETCH[0] <= time) & (time <= STRETCH[1])
    east, north = local_meters(latitude[kept], longitude[kept])
    with (Path(__file__).parent / "track.csv").open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["time", "east", "north"])
        for t, x, y in zip(time[kept] - time[kept][0], east, north, strict=True):
            rows.writerow([f"{t:g}", f"{x:.2f}", f"{y:.2f}"])


if __name__ == "__main__":
    main(sys.argv[1])
