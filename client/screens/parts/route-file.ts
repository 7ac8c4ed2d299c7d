/** What a file picker offers; the server looks into the file itself. */
export const ROUTE_FILES = '.gpx,.tcx,.geojson,.json'
