import type { EInvoice, EInvoiceLine } from '@comptoir/shared/purchasing/e-invoice'
import { accountNumber, frenchIdentity, kindOfCode, plainCode } from './seller-identity.ts'
import type { XmlNode } from './xml-node.ts'

/** OASIS UBL 2.1, invoice or credit note. */
export function readUbl(root: XmlNode, name: 'Invoice' | 'CreditNote'): EInvoice {
  const isCreditNote = name === 'CreditNote'
  const currency = root.at('DocumentCurrencyCode').required('BT-5').toUpperCase()
  const typeCode = root.at(isCreditNote ? 'CreditNoteTypeCode' : 'InvoiceTypeCode').text ?? (isCreditNote ? '381' : '380')
  const issued = root.at('IssueDate')
  issued.required('BT-2')
  const means = root.all('PaymentMeans')
  const paid = means.find(one => accountNumber(one.at('PayeeFinancialAccount/ID').text) !== null) ?? means[0]
  return {
    syntax: 'ubl',
    profile: root.at('CustomizationID').text ?? 'UBL',
    number: root.at('ID').required('BT-1'),
    typeCode,
    kind: isCreditNote ? 'credit_note' : kindOfCode(typeCode),
    issuedOn: issued.day!,
    dueOn: root.at('DueDate').day ?? paid?.at('PaymentDueDate').day ?? null,
    currency,
    seller: readSeller(root.at('AccountingSupplierParty/Party')),
    payment: {
      means: paid?.at('PaymentMeansCode').text ?? null,
      iban: accountNumber(paid?.at('PayeeFinancialAccount/ID').text ?? null),
      bic: plainCode(paid?.at('PayeeFinancialAccount/FinancialInstitutionBranch/ID').text ?? null),
      reference: paid?.at('PaymentID').text ?? null,
      terms: root.at('PaymentTerms/Note').text,
    },
    orderReference: root.at('OrderReference/ID').text,
    precedingReference: root.at('BillingReference/InvoiceDocumentReference/ID').text,
    lines: root.all(isCreditNote ? 'CreditNoteLine' : 'InvoiceLine').map(line => readLine(line, currency)),
    adjustments: root.all('AllowanceCharge').map(one => ({
      isCharge: one.at('ChargeIndicator').text?.toLowerCase() === 'true',
      reason: one.at('AllowanceChargeReason').text,
      amountMinor: one.at('Amount').minor(currency) ?? 0,
      taxCategory: one.at('TaxCategory/ID').text,
      taxRate: one.at('TaxCategory/Percent').number,
    })),
    ...readTaxesAndTotals(root, currency),
  }
}

function readSeller(party: XmlNode): EInvoice['seller'] {
  const schemes = party.all('PartyTaxScheme')
  const vat = schemes.find(one => one.at('TaxScheme/ID').text?.toUpperCase() === 'VAT') ?? schemes[0]
  const vatNumber = plainCode(vat?.at('CompanyID').text ?? null)
  const ids = [party.at('PartyLegalEntity/CompanyID'), ...party.all('PartyIdentification').map(one => one.at('ID')), party.at('EndpointID')].map(node => node.text)
  return {
    name: party.at('PartyLegalEntity/RegistrationName').text ?? party.at('PartyName/Name').text,
    ...frenchIdentity(ids, vatNumber),
    vatNumber,
    country: party.at('PostalAddress/Country/IdentificationCode').text,
  }
}

function readLine(line: XmlNode, currency: string): EInvoiceLine {
  const invoiced = line.at('InvoicedQuantity')
  const quantity = invoiced.isThere ? invoiced : line.at('CreditedQuantity')
  const net = line.at('LineExtensionAmount')
  net.required('BT-131')
  const item = line.at('Item')
  return {
    lineId: line.at('ID').text ?? '',
    itemCode: item.at('SellersItemIdentification/ID').text ?? item.at('StandardItemIdentification/ID').text,
    name: item.at('Name').text ?? item.at('Description').text ?? '',
    quantity: quantity.number ?? 1,
    unit: quantity.attribute('unitCode'),
    netMinor: net.minor(currency)!,
    taxCategory: item.at('ClassifiedTaxCategory/ID').text,
    taxRate: item.at('ClassifiedTaxCategory/Percent').number,
    orderReference: line.at('OrderLineReference/LineID').text,
  }
}

function readTaxesAndTotals(root: XmlNode, currency: string): Pick<EInvoice, 'taxes' | 'totals'> {
  const sums = root.at('LegalMonetaryTotal')
  const taxes = root.all('TaxTotal')
  const inCurrency = taxes.find(one => one.at('TaxAmount').attribute('currencyID')?.toUpperCase() === currency) ?? taxes[0]
  const grandTotal = sums.at('TaxInclusiveAmount')
  grandTotal.required('BT-112')
  return {
    taxes: (inCurrency?.all('TaxSubtotal') ?? []).map(tax => ({
      category: tax.at('TaxCategory/ID').text,
      rate: tax.at('TaxCategory/Percent').number,
      basisMinor: tax.at('TaxableAmount').minor(currency) ?? 0,
      taxMinor: tax.at('TaxAmount').minor(currency) ?? 0,
    })),
    totals: {
      lineTotal: sums.at('LineExtensionAmount').minor(currency),
      allowances: sums.at('AllowanceTotalAmount').minor(currency),
      charges: sums.at('ChargeTotalAmount').minor(currency),
      taxBasis: sums.at('TaxExclusiveAmount').minor(currency),
      tax: inCurrency?.at('TaxAmount').minor(currency) ?? null,
      grandTotal: grandTotal.minor(currency),
      prepaid: sums.at('PrepaidAmount').minor(currency),
      rounding: sums.at('PayableRoundingAmount').minor(currency),
      due: sums.at('PayableAmount').minor(currency),
    },
  }
}
