import { type FieldError, field } from '../../api/field.ts'

/** No part of a path may lead upwards (upstream: pkg/apis/core/validation validatePathNoBacksteps). */
export const noBackstepErrors = (path: string, value: string): readonly FieldError[] =>
  value.split('/').includes('..') ? [field.invalid(path, value, "must not contain '..'")] : []

/** A path below some root (upstream: validateLocalDescendingPath). */
export const relativePathErrors = (path: string, value: string): readonly FieldError[] => [
  ...(value.startsWith('/') ? [field.invalid(path, value, 'must be a relative path')] : []),
  ...noBackstepErrors(path, value),
]

/** A file's path within a volume of files (upstream: ValidateLocalNonReservedPath). */
export const filePathErrors = (path: string, value: string): readonly FieldError[] => [
  ...relativePathErrors(path, value),
  ...(value.startsWith('..') && !value.startsWith('../')
    ? [field.invalid(path, value, "must not start with '..'")]
    : []),
]

/** Permissions as a number. */
export const modeErrors = (path: string, mode: number | undefined): readonly FieldError[] =>
  mode !== undefined && (mode < 0 || mode > 0o777)
    ? [field.invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
    : []
