/**
 * The wire between phone and server, and the outbox a phone keeps.
 *
 * Any change to the messages adds a line to the history and raises the number;
 * test/core/wire.test.ts fails until both are done.
 *
 * 1  first release
 * 2  what the server has lost comes back: `stored`, `journal`, `offer`, `again`, `lost`, and `isFork` of a snapshot;
 *    `connected` in `counts`, `lostCount` of a tracker
 * 3  routes from TCX and GeoJSON (`routeFile`), laps, changed routes; frames carry progress
 * 4  raw messages: live fixes, and frames that say what changed; `rhythm`, `refused`, and `everyMs` of `look`
 * 5  helpers' states and stocks, drink plans, alerts, head counts, regroups, and more in the life of a request
 * 6  what the app in the hand needs: pushes, words for emergencies, replays, clubs, the map; codes of a tracker’s trouble; plans with all that belongs to them
 */
export const WIRE_VERSION = 6
export const OLDEST_ACCEPTED_WIRE_VERSION = 6

/** How a phone keeps what it has not sent. A new app reads the previous one's. */
export const OUTBOX_VERSION = 1
