/**
 * A button that shows only an icon has no name for a screen reader, nor a word to say to a voice control
 * (WCAG 2.2, 4.1.2 and 2.5.3).
 */
export const iconButtonName = {
  meta: {
    type: 'problem',
    messages: { nameless: 'A button with an icon alone needs aria-label (or a label, or text inside).' },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices
    if (!services.defineTemplateBodyVisitor)
      return {}
    return services.defineTemplateBodyVisitor({
      VElement(node) {
        if (!['b24button', 'b24-button', 'b24linkbutton'].includes(node.name.toLowerCase()))
          return
        const names = node.startTag.attributes.map(nameOf)
        const hasText = node.children.some(child => child.type === 'VElement' || child.type === 'VExpressionContainer' || (child.type === 'VText' && child.value.trim() !== ''))
        if (!hasText && names.includes('icon') && !names.some(name => ['label', 'aria-label', 'aria-labelledby', 'v-bind'].includes(name)))
          context.report({ node: node.startTag, messageId: 'nameless' })
      },
    })
  },
}

function nameOf(attribute) {
  if (!attribute.directive)
    return attribute.key.name
  return attribute.key.name.name === 'bind' && attribute.key.argument ? attribute.key.argument.name : `v-${attribute.key.name.name}`
}
