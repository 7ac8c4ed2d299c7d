import { KM_M } from '../../../shared/units.ts'
import { beginning, type Course, courseOf, type Drawing, lengthOfDrawingM, lengthOfM, stretched } from './course.ts'

/**
 * A course cut down for a quick run without losing what makes it hard: out-and-back turns round earlier, two banks cross
 * earlier, laps become fewer (never under two, where there were two) and then smaller, one way just ends.
 * The course itself when it is no longer than `km`. Throws RangeError unless `km` is above 0.
 */
export function shortened(course: Course, km: number): Course {
  if (!(km > 0)) throw new RangeError('a course needs a length above 0 km')
  const lengthM = km * KM_M
  if (lengthM >= lengthOfM(course.points)) return course
  const drawing = shorter(course.drawing, lengthM)
  const isCut = drawing.kind !== 'laps'
  const keptShare = lengthOfM(drawing.line) / lengthOfM(course.drawing.line)
  const marks = course.marks
    .filter(({ share }) => !isCut || share === 1 || share <= keptShare)
    .map((mark) => (isCut && mark.share !== 1 ? { ...mark, share: mark.share / keptShare } : mark))
  return courseOf({ ...course, drawing, marks })
}

function shorter(drawing: Drawing, lengthM: number): Drawing {
  switch (drawing.kind) {
    case 'out-and-back':
      return { ...drawing, line: beginning(drawing.line, lengthM / 2) }
    case 'one-way':
      return { ...drawing, line: beginning(drawing.line, lengthM) }
    case 'laps': {
      const wanted = Math.round(lengthM / lengthOfM(drawing.line))
      const laps = Math.max(Math.min(2, drawing.laps), Math.min(drawing.laps, wanted))
      return { ...drawing, laps, line: stretched(drawing.line, lengthM / laps) }
    }
    case 'two-banks': {
      const cut = (count: number) => ({
        ...drawing,
        line: drawing.line.slice(0, count),
        returnLine: drawing.returnLine.slice(0, count),
      })
      let count = 2
      while (count < drawing.line.length && lengthOfDrawingM(cut(count + 1)) <= lengthM) count++
      return cut(count)
    }
  }
}
