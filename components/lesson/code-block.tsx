import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { ScrollablePre } from '../ui/scrollable.tsx'
import { CopyButton } from './copy-button.tsx'
import { RunButton } from './run-button.tsx'

interface CodeBlockProps extends ComponentProps<'pre'> {
  readonly 'data-language'?: string
  readonly 'data-run'?: string
  readonly 'data-title'?: string
  readonly 'data-source'?: string
}

/** A fence of a lesson: a command to run, a file to copy, or output to compare with. */
export function CodeBlock(props: CodeBlockProps) {
  const t = useTranslations('lesson')
  const {
    'data-language': language = '',
    'data-run': run,
    'data-title': title,
    'data-source': source = '',
    ...pre
  } = props
  const output = language === 'console'
  const label = title ?? (output ? t('output') : language)
  return (
    <figure
      className={`code-block my-5 overflow-hidden rounded-lg border border-line ${output ? 'output -mt-2.5 border-dashed' : 'bg-surface'} ${language === 'bash' ? 'commands' : ''}`}
    >
      <figcaption className="flex min-h-10 items-center justify-between gap-2 border-b border-line py-1 pr-1.5 pl-4 text-[0.8125rem] text-ink-soft">
        <span className={title ? 'truncate font-mono' : ''}>{label}</span>
        <span className="flex items-center gap-1">
          {!output && <CopyButton text={source} />}
          {run === 'true' && <RunButton source={source} />}
        </span>
      </figcaption>
      <ScrollablePre {...pre} aria-label={title ?? (output ? t('output') : t('codeLabel', { language }))} />
    </figure>
  )
}
