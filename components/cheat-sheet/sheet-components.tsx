import type { ComponentProps } from 'react'

interface SheetCodeProps extends ComponentProps<'pre'> {
  readonly 'data-language'?: string
  readonly 'data-title'?: string
  readonly 'data-run'?: string
  readonly 'data-source'?: string
}

/** Code on a sheet: as it stands, with the name of its file; long lines wrap, since paper does not scroll. */
function SheetCode(props: SheetCodeProps) {
  const {
    'data-language': language = '',
    'data-title': title,
    'data-run': _run,
    'data-source': _source,
    ...pre
  } = props
  return (
    <figure className={`code-block sheet-code ${language}`}>
      {title && <figcaption>{title}</figcaption>}
      <pre {...pre} />
    </figure>
  )
}

/** What sheets draw denser than lessons do. */
export const sheetComponents = {
  pre: SheetCode,
  table: (props: ComponentProps<'table'>) => <table {...props} />,
}
