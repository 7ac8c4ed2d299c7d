import { regroupAnswerSchema } from '../../../shared/run/regroup.ts'
import { openRegroups, regroupView } from '../../state/regroup.ts'
import { placeOfRegroup } from '../leader/regroup-card.tsx'
import { useRun } from '../run/running.ts'
import { atText, t } from '../texts.ts'

/** Where I am called to, when I am there at my pace, and my answer in one tap. */
export function RegroupAnswers() {
  const run = useRun()
  const { view, nowMs, outlook, wish } = run
  const called = openRegroups(view)
    .map((regroup) => regroupView(view, regroup, outlook.value.pack, nowMs))
    .filter(({ isForMe }) => isForMe)
  return (
    <>
      {called.map((one) => {
        const mine = one.comers.find(({ memberId }) => memberId === view.myId)
        const { regroupId } = one.regroup
        return (
          <section key={regroupId} class="card notice" aria-label={t.regroup.heading}>
            <p>
              <strong>{placeOfRegroup(run, one)}</strong> {mine?.eta && t.regroup.youAbout(atText(mine.eta, nowMs))}
            </p>
            <fieldset class="choice" aria-label={t.regroup.heading}>
              {regroupAnswerSchema.options.map((answer) => (
                <button
                  key={answer}
                  type="button"
                  aria-pressed={one.myAnswer === answer}
                  onClick={() => void wish({ type: 'answer-regroup', regroupId, answer })}
                >
                  {t.regroup.answers[answer]}
                </button>
              ))}
            </fieldset>
          </section>
        )
      })}
    </>
  )
}
