import { t } from '../texts.ts'

type FindFieldProps = { readonly text: string; readonly onText: (text: string) => void }

/** A name or number finds somebody among many. */
export const FindField = ({ text, onText }: FindFieldProps) => (
  <input
    type="search"
    value={text}
    placeholder={t.where.find}
    aria-label={t.where.find}
    onInput={(event) => onText(event.currentTarget.value)}
  />
)
