/** Reads one route file on a thread of its own: a large or hostile one costs seconds, and nobody else waits for it. */
import { parentPort, workerData } from 'node:worker_threads'
import { type GivenRoute, plannedLine } from './planned-line.ts'

parentPort?.postMessage(plannedLine(workerData as GivenRoute))
