/** Evaluates `$((…))`: integers, variables, the operators of C without assignment. Undefined: a syntax error. */
export function evaluateArithmetic(expression: string, variable: (name: string) => string): number | undefined {
  const tokens = expression.match(/\d+|[A-Za-z_]\w*|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%()<>!~&|^?:]|\S/g) ?? []
  const parser = new ArithmeticParser(tokens, variable)
  const value = tokens.length === 0 ? 0 : parser.ternary()
  return parser.failed || parser.position < tokens.length ? undefined : Math.trunc(value)
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]

class ArithmeticParser {
  readonly #tokens: readonly string[]
  readonly #variable: (name: string) => string
  position = 0
  failed = false

  constructor(tokens: readonly string[], variable: (name: string) => string) {
    this.#tokens = tokens
    this.#variable = variable
  }

  ternary(): number {
    const condition = this.#binary(0)
    if (this.#tokens[this.position] !== '?') return condition
    this.position += 1
    const yes = this.ternary()
    this.#expect(':')
    const no = this.ternary()
    return condition !== 0 ? yes : no
  }

  #binary(level: number): number {
    const operators = LEVELS[level]
    if (operators === undefined) return this.#unary()
    let left = this.#binary(level + 1)
    for (let operator = this.#tokens[this.position]; operator !== undefined && operators.includes(operator); ) {
      this.position += 1
      left = this.#apply(operator, left, this.#binary(level + 1))
      operator = this.#tokens[this.position]
    }
    return left
  }

  #unary(): number {
    const token = this.#tokens[this.position]
    this.position += 1
    if (token === undefined) return this.#fail()
    if (token === '-') return -this.#unary()
    if (token === '+') return this.#unary()
    if (token === '!') return this.#unary() === 0 ? 1 : 0
    if (token === '~') return ~this.#unary()
    if (token === '(') {
      const value = this.ternary()
      this.#expect(')')
      return value
    }
    if (/^\d/.test(token)) return Number(token)
    return /^[A-Za-z_]/.test(token) ? Number(this.#variable(token)) || 0 : this.#fail()
  }

  #apply(operator: string, left: number, right: number): number {
    switch (operator) {
      case '+':
        return left + right
      case '-':
        return left - right
      case '*':
        return left * right
      case '/':
        return right === 0 ? this.#fail() : Math.trunc(left / right)
      case '%':
        return right === 0 ? this.#fail() : left % right
      case '<<':
        return left * 2 ** right
      case '>>':
        return Math.floor(left / 2 ** right)
      case '&':
        return left & right
      case '|':
        return left | right
      case '^':
        return left ^ right
      case '&&':
        return left !== 0 && right !== 0 ? 1 : 0
      case '||':
        return left !== 0 || right !== 0 ? 1 : 0
      default:
        return compare(operator, left, right) ? 1 : 0
    }
  }

  #expect(token: string): void {
    if (this.#tokens[this.position] !== token) this.#fail()
    this.position += 1
  }

  #fail(): number {
    this.failed = true
    return 0
  }
}

function compare(operator: string, left: number, right: number): boolean {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    default:
      return left >= right
  }
}
