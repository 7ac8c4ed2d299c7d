/**
 * Frames, layout 3. A lane is one audience at one rhythm. Its frames are numbered 1, 2, 3 and so on: each tells what changed since
 * the one before, and a key frame tells everybody as of its number, just as who read all frames holds them. Places are on a
 * grid of 0.00001 degree, times in 0.1 s, metres along the route in 1 m.
 *
 * A varint carries seven bits a byte, the lowest first, with the top bit set on all but the last. A signed varint is zigzagged:
 * 0, -1, 1, -2 are written as 0, 1, 2, 3. Other numbers are big-endian. Quotients are rounded down, also below zero.
 * Members have slots, counted from 0, in the order in which the lane first told of them; a slot stays its member's.
 *
 * **Head**: u8, 3 and one of: 128 a key frame; 32 or 64 as below. u16, the frame's number modulo 65536.
 *
 * **A key frame** goes on with f64, its time in ms, which is a whole number of 0.1 s. Then for each slot a varint: twice the zigzag of its
 * memberNo less that of the slot before (less 0 for the first), and 1 more if the slot is empty; if it is not, an absolute
 * record without its A. An empty slot is somebody who is not shown; the next record of it is absolute.
 *
 * **Any other frame** stands on the one numbered one less; who does not hold that asks for a key frame. It goes on with
 *
 * 1. signed varint: its time less that one's, in 0.1 s;
 * 2. the slots that moved: one bit for each slot, slot 0 the lowest bit of the first byte; with 32 instead a varint count of those that moved,
 *    and for each a varint, how many slots lie between it and the one listed before it; with 64 the same of those that did not move;
 * 3. a record for each that moved, in order of slots;
 * 4. to the end new slots: signed varint, memberNo less that of the slot before, and an absolute record without its A.
 *
 * **A record** is u8 A, what A asks for, u8 B, what B asks for.
 *
 * - A below 240: 16 (7 + latitude) + 7 + longitude, each -7 to 7 steps from where the place was expected. 240: the two follow as signed
 *   varints. 255, absolute: the slot is emptied, and there follow signed varints latitude and longitude, less those of the absolute
 *   record before it in this frame (less 0 for the first), and i8 the rate of each.
 * - B, lowest six bits: the fix's age at the frame's time in 0.1 s, plus 2; 63: the age follows as signed varint. 64: signed
 *   varint follows, metres along the route from what was expected, else they are as expected. 128: details follow.
 *
 * **Expected**: t is the new fix's time less the old one's in 0.1 s, at least 0 and at most 200. A coordinate moves by (rate t + 20) / 40
 * steps. Then, if t is not 0, its rate becomes (rate t + 40 moved + t) / 2t with the steps it did move, at least -127 and at most 127. Metres along
 * the route grow by (speed t + 50) / 100, with the speed along the route as held before, in 0.1 m/s.
 */

export const LAYOUT = 3
export const LAYOUT_BITS = 31
export const KEY = 128
export const MOVED_LISTED = 32
export const UNMOVED_LISTED = 64

export const NEAR = 7
export const WIDE = 240
export const ABSOLUTE = 255

export const AGE_BITS = 63
export const AGE_FOLLOWS = 63
export const AGE_AHEAD = 2
export const WAY_FOLLOWS = 64
export const DETAILS_FOLLOW = 128

export const MS_PER_TENTH = 100
export const PER_DEG = 1e5
export const LATITUDE_MOST = 90 * PER_DEG
export const LONGITUDE_MOST = 180 * PER_DEG
export const MEMBER_NO_MOST = 65_535
/** In 0.1 s since 1970. */
export const TIME_MOST = 2 ** 40

/** Rates are in quarter steps of the grid a second, times in 0.1 s. */
export const RATE_SCALE = 40
export const RATE_MOST = 127
const AHEAD_MOST = 200

/** For how long, in 0.1 s, somebody is expected to go on as before. */
export const aheadOf = (heldAt: number, takenAt: number): number => Math.min(AHEAD_MOST, Math.max(0, takenAt - heldAt))

/** By how many metres somebody is expected to get along the route. */
export const expectedWay = (alongSpeed: number, ahead: number): number => Math.floor((alongSpeed * ahead + 50) / 100)
