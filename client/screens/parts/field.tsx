import type { ComponentChildren, PartialInputHTMLAttributes } from 'preact'

type Attributes = Pick<
  PartialInputHTMLAttributes<HTMLInputElement>,
  | 'class'
  | 'name'
  | 'autocomplete'
  | 'placeholder'
  | 'maxLength'
  | 'min'
  | 'max'
  | 'step'
  | 'inputMode'
  | 'aria-invalid'
>
type FieldProps = Attributes & {
  readonly label: string
  readonly type?: 'text' | 'search' | 'tel' | 'number' | 'color' | 'datetime-local'
  readonly value: string
  readonly onText: (text: string) => void
  /** What is to be known about it. */
  readonly children?: ComponentChildren
}

/** Something to be typed, under its label. */
export function Field({ label, type = 'text', onText, children, ...input }: FieldProps) {
  return (
    <label>
      {label}
      {/* The attributes above are the same for all these types. */}
      <input type={type as 'text'} {...input} onInput={(event) => onText(event.currentTarget.value)} />
      {children}
    </label>
  )
}
