/** The map, a place tapped on it, and a route drawn on it. */
import { many } from './many.ts'

export const map = {
  label: 'Map of the run',
  keys: 'Arrow keys move it, plus and minus zoom, Enter tells about its middle.',
  shows: (people: number, stale: number) =>
    `${many(people, 'person', 'people')} shown${stale > 0 ? `, ${stale} of them not heard for a minute` : ''}`,
  tools: 'What the map shows',
  nearer: 'Nearer',
  farther: 'Farther',
  everybody: 'Everybody',
  route: 'Whole route',
  myWay: 'My way up',
  start: 'Start',
  end: 'End',
  startAndEnd: 'Start and end',
  meet: (name: string) => `Meet ${name}`,
  comeTogether: 'Come together',
  legend: 'Dashed: reckoned, or roughly located. With a question mark: perhaps another lap.',
  reckoned: (age: string) => `reckoned, heard ${age} ago`,
  perhaps: 'perhaps another lap',
  rough: (distance: string) => `within ${distance}`,
  place: 'This place',
  besideRoute: (distance: string) => `${distance} beside the route`,
  comesAt: (name: string, km: string, time: string) => `${name} ${time}, km ${km}`,
  here: (name: string) => `${name} is here`,
  nobody: 'Nobody is known to be on the way here.',
  byCourse: 'Reckoned from where people head, not from a route.',
  close: 'Close',
}

export const drawing = {
  open: 'Draw the route',
  heading: 'Draw the route',
  hint: 'Tap along the way, from the start on.',
  length: (distance: string, points: number) => `${distance}, ${many(points, 'point')}`,
  add: 'Add the middle',
  undo: 'Undo',
  closeLoop: 'Close the loop',
  outAndBack: 'Out and back',
  done: 'Use this route',
  cancel: 'Cancel',
  tooLong: 'No more points fit.',
}
