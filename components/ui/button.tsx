import type { ButtonHTMLAttributes } from 'react'

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger'

const shape =
  'inline-flex items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors duration-150 disabled:opacity-60 disabled:cursor-not-allowed'
const sizes = { normal: 'min-h-10 px-4 text-[0.9375rem]', small: 'min-h-8 px-2.5 text-[0.8125rem]' }
const tones: Record<ButtonTone, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong',
  plain: 'border border-line-strong bg-raised text-ink hover:bg-surface',
  quiet: 'text-ink-soft hover:bg-surface hover:text-ink',
  danger: 'border border-bad text-bad hover:bg-bad-wash',
}

/** The look of a button, for links that lead somewhere. */
export function buttonClass(tone: ButtonTone = 'plain', size: keyof typeof sizes = 'normal'): string {
  return `${shape} ${sizes[size]} ${tones[tone]}`
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: ButtonTone
  readonly size?: keyof typeof sizes
}

export function Button({ tone, size, className = '', type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={`${buttonClass(tone, size)} ${className}`} />
}
