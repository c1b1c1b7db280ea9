const MESSAGES = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EROFS: 'Read-only file system',
  ELOOP: 'Too many levels of symbolic links',
  ENOSPC: 'No space left on device',
} as const

/** What a system call on files fails with; `message` is the C library's text, as tools print it. */
export class FileError extends Error {
  readonly code: keyof typeof MESSAGES
  readonly path: string
  constructor(code: keyof typeof MESSAGES, path: string) {
    super(MESSAGES[code])
    this.code = code
    this.path = path
  }
}
