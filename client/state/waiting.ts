/** Wishes of this phone that no server has answered yet. None of them may look sent. */
import type { Command } from '../../shared/run/commands.ts'
import type { RunView } from './run-view.ts'

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>

export const waitingOf = <Type extends Command['type']>(view: RunView, type: Type): CommandOf<Type>[] =>
  view.waitingCommands.flatMap(({ command }) => (command.type === type ? [command as CommandOf<Type>] : []))

/** Whether a wish about this request or alert is on its way. */
export const isWaitingAbout = (view: RunView, id: string): boolean =>
  view.waitingCommands.some(
    ({ command }) =>
      ('requestId' in command && command.requestId === id) || ('alertId' in command && command.alertId === id),
  )

export const isWaiting = (view: RunView, type: Command['type']): boolean =>
  view.waitingCommands.some(({ command }) => command.type === type)
