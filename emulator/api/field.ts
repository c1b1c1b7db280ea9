/** A field error as data (upstream: apimachinery/pkg/util/validation/field). `errors.invalid` words the whole. */
export interface FieldError {
  readonly type:
    | 'Required'
    | 'Invalid'
    | 'NotSupported'
    | 'Duplicate'
    | 'Forbidden'
    | 'TooLong'
    | 'TooMany'
    | 'NotFound'
    | 'TypeInvalid'
    | 'Internal'
  /** `spec.ports[0].nodePort` */
  readonly path: string
  readonly value?: unknown
  readonly detail: string
}

/** Constructors in upstream's words; `notSupported` lists the values in the order given. */
export const field = {
  required: (path: string, detail = ''): FieldError => ({ type: 'Required', path, detail }),
  invalid: (path: string, value: unknown, detail: string): FieldError => ({ type: 'Invalid', path, value, detail }),
  notSupported: (path: string, value: unknown, supported: readonly string[]): FieldError => ({
    type: 'NotSupported',
    path,
    value,
    detail: supported.length ? `supported values: ${supported.map((s) => JSON.stringify(s)).join(', ')}` : '',
  }),
  duplicate: (path: string, value: unknown): FieldError => ({ type: 'Duplicate', path, value, detail: '' }),
  forbidden: (path: string, detail: string): FieldError => ({ type: 'Forbidden', path, detail }),
  tooLong: (path: string, maxLength: number): FieldError => ({
    type: 'TooLong',
    path,
    value: '',
    detail: `may not be more than ${maxLength} bytes`,
  }),
  notFound: (path: string, value: unknown): FieldError => ({ type: 'NotFound', path, value, detail: '' }),
} as const
