/** What the operating system says that processes have used. Linux. */
import { readFileSync } from 'node:fs'
import type { ServerProcess } from './launch.ts'

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_PER_S = 100
const KB = 1_024

export type Cpu = { readonly userS: number; readonly systemS: number }

/** Since each process started, by name, in the order of the processes. */
export const cpuOf = (processes: readonly ServerProcess[]): Cpu[] =>
  processes.map(({ pid }) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold anything; utime and stime are the 12th and 13th fields after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { userS: Number(fields[11]) / TICKS_PER_S, systemS: Number(fields[12]) / TICKS_PER_S }
  })

/** Resident memory of all of them. */
export const residentBytesOf = (processes: readonly ServerProcess[]): number =>
  processes.reduce((sum, { pid }) => {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
    return sum + Number(kilobytes ?? 0) * KB
  }, 0)

/** How long this process's main thread has waited for its core, which others were on. */
export const waitedMs = (): number => Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]) / 1e6
