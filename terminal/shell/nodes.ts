import type { CommandNode, PipelineNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash'

/** Names for the library's syntax-tree nodes that it does not export, and constructors for those we insert. */
export type Redirection = SimpleCommandNode['redirections'][number]
export type Assignment = SimpleCommandNode['assignments'][number]
export type FunctionDefinition = Extract<CommandNode, { type: 'FunctionDef' }>
export type WordPart = WordNode['parts'][number]
export type Substitution = Extract<WordPart, { type: 'CommandSubstitution' }>

export function literal(value: string): WordNode {
  return { type: 'Word', parts: [{ type: 'Literal', value }] }
}

export function quoted(value: string): WordNode {
  return { type: 'Word', parts: [{ type: 'SingleQuoted', value }] }
}

/** `"$name"` */
export function variable(name: string): WordNode {
  const part: WordPart = { type: 'ParameterExpansion', parameter: name, operation: null }
  return { type: 'Word', parts: [{ type: 'DoubleQuoted', parts: [part] }] }
}

/** `"$(…)"` */
export function substitution(command: SimpleCommandNode): WordNode {
  const part: Substitution = {
    type: 'CommandSubstitution',
    body: { type: 'Script', statements: [statement(command)] },
    legacy: false,
  }
  return { type: 'Word', parts: [{ type: 'DoubleQuoted', parts: [part] }] }
}

export function simple(name: string, args: WordNode[] = []): SimpleCommandNode {
  return { type: 'SimpleCommand', assignments: [], name: literal(name), args, redirections: [] }
}

export function pipeline(command: CommandNode): PipelineNode {
  return { type: 'Pipeline', commands: [command], negated: false }
}

export function statement(command: CommandNode): StatementNode {
  return { type: 'Statement', pipelines: [pipeline(command)], operators: [], background: false }
}

export function group(statements: StatementNode[]): CommandNode {
  return { type: 'Group', body: statements, redirections: [] }
}

export function append(fd: number | null, target: WordNode): Redirection {
  return { type: 'Redirection', fd, operator: '>>', target }
}

export function assign(name: string, value: WordNode): Assignment {
  return { type: 'Assignment', name, value, append: false, array: null }
}

/** The word's text if it is one unquoted literal: then it is known before the line runs. */
export function literalText(word: WordNode | null): string | undefined {
  const part = word?.parts.length === 1 ? word.parts[0] : undefined
  return part?.type === 'Literal' ? part.value : undefined
}
