const TEXTS = {
  ENOENT: 'no such file or directory',
  EEXIST: 'file already exists',
  EISDIR: 'illegal operation on a directory',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EINVAL: 'invalid argument',
  ELOOP: 'too many levels of symbolic links',
  EROFS: 'read-only file system',
  EACCES: 'permission denied',
  ENOSPC: 'no space left on device',
  EPERM: 'operation not permitted',
} as const

export type ErrorCode = keyof typeof TEXTS

/** A failed file operation, worded as Node words it: the shell library recognises these by their text. */
export class SystemError extends Error {
  readonly code: ErrorCode
  readonly path: string
  constructor(code: ErrorCode, operation: string, path: string) {
    super(`${code}: ${TEXTS[code]}, ${operation} '${path}'`)
    this.code = code
    this.path = path
  }
}

const LIBC: { readonly [code in ErrorCode]: string } = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EINVAL: 'Invalid argument',
  ELOOP: 'Too many levels of symbolic links',
  EROFS: 'Read-only file system',
  EACCES: 'Permission denied',
  ENOSPC: 'No space left on device',
  EPERM: 'Operation not permitted',
}

/** The code of a file error: ours, or the emulator's file tree's (recognised by shape: it crosses the door as a value). */
export function errorCode(error: unknown): ErrorCode | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string')
    return undefined
  return isErrorCode(error.code) ? error.code : undefined
}

/** What GNU tools print behind the colon. */
export function errorText(error: unknown): string {
  const code = errorCode(error)
  return code === undefined ? String(error instanceof Error ? error.message : error) : LIBC[code]
}

/** What stands for `ENOENT: no such file or directory, open 'x'` in the words of libc; undefined for another text. */
export function libcText(code: string): string | undefined {
  return isErrorCode(code) ? LIBC[code] : undefined
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(TEXTS, code)
}
