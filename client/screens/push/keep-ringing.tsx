import { useEffect } from 'preact/hooks'
import { nameOf } from '../../state/people.ts'
import { useRun } from '../run/running.ts'
import { runPath } from '../run-address.ts'
import { t } from '../texts.ts'
import { openPhone } from './open-phone.ts'
import { keepRinging } from './pushing.ts'
import { clearNotifications, rung } from './rung.ts'

/** Draws nothing: sees to it that this phone goes on ringing, and says what was pushed while the connection is away. */
export function KeepRinging() {
  const { kept, phone, wish, view, notice } = useRun()
  const isReady = view.isCaughtUp && view.myId !== null && !kept.isDemo
  useEffect(() => {
    if (isReady) void keepRinging({ kept, phone, wish }).catch(() => undefined) // a browser that will not: the card says so
  }, [isReady, kept, phone, wish])

  useEffect(() => {
    openPhone.value = phone
    void clearNotifications(runPath(kept.key)).catch(() => undefined) // no worker, no notifications
    return () => {
      openPhone.value = null
    }
  }, [phone, kept.key])

  const note = rung.value
  useEffect(() => {
    if (!note || note.toId !== view.myId || view.link === 'online') return
    const name = note.aboutId ? nameOf(view, note.aboutId) : null
    if (note.what === 'help') notice.value = t.push.notes.help.body(name)
    if (note.what === 'claimed' || note.what === 'near') notice.value = t.push.notes[note.what](name)
  }, [note, view.link])
  return null
}
