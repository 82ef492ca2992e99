import type { EInvoice, EInvoiceLine } from '@comptoir/shared/purchasing/e-invoice'
import { accountNumber, frenchIdentity, kindOfCode, plainCode } from './seller-identity.ts'
import type { XmlNode } from './xml-node.ts'

/** UN/CEFACT Cross Industry Invoice: what Factur-X and XRechnung carry. */
export function readCii(root: XmlNode): EInvoice {
  const document = root.at('ExchangedDocument')
  const trade = root.at('SupplyChainTradeTransaction')
  const agreement = trade.at('ApplicableHeaderTradeAgreement')
  const settlement = trade.at('ApplicableHeaderTradeSettlement')
  const currency = settlement.at('InvoiceCurrencyCode').required('BT-5').toUpperCase()
  const typeCode = document.at('TypeCode').required('BT-3')
  const issued = document.at('IssueDateTime/DateTimeString')
  issued.required('BT-2')
  const terms = settlement.all('SpecifiedTradePaymentTerms')
  return {
    syntax: 'cii',
    profile: root.at('ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID').text ?? 'CII',
    number: document.at('ID').required('BT-1'),
    typeCode,
    kind: kindOfCode(typeCode),
    issuedOn: issued.day!,
    dueOn: terms.map(one => one.at('DueDateDateTime/DateTimeString').day).find(day => day !== null) ?? null,
    currency,
    seller: readSeller(agreement.at('SellerTradeParty')),
    payment: {
      ...readMeans(settlement),
      reference: settlement.at('PaymentReference').text,
      terms: terms.map(one => one.at('Description').text).find(text => text !== null) ?? null,
    },
    orderReference: agreement.at('BuyerOrderReferencedDocument/IssuerAssignedID').text,
    precedingReference: settlement.at('InvoiceReferencedDocument/IssuerAssignedID').text,
    lines: trade.all('IncludedSupplyChainTradeLineItem').filter(isCounted).map(line => readLine(line, currency)),
    adjustments: readAdjustments(settlement, currency),
    taxes: settlement.all('ApplicableTradeTax').map(tax => ({
      category: tax.at('CategoryCode').text,
      rate: tax.at('RateApplicablePercent').number,
      basisMinor: tax.at('BasisAmount').minor(currency) ?? 0,
      taxMinor: tax.at('CalculatedAmount').minor(currency) ?? 0,
    })),
    totals: readTotals(settlement.at('SpecifiedTradeSettlementHeaderMonetarySummation'), currency),
  }
}

/** Headings and remarks among the lines carry sums that are no lines' own. */
const isCounted = (line: XmlNode): boolean =>
  !['GROUP', 'INFORMATION'].includes(line.at('AssociatedDocumentLineDocument/LineStatusReasonCode').text?.toUpperCase() ?? '')

/** Discounts and charges of the whole, and freight, which has an element of its own. */
function readAdjustments(settlement: XmlNode, currency: string): EInvoice['adjustments'] {
  return [
    ...settlement.all('SpecifiedTradeAllowanceCharge').map(one => ({
      isCharge: one.at('ChargeIndicator/Indicator').text?.toLowerCase() === 'true',
      reason: one.at('Reason').text,
      amountMinor: one.at('ActualAmount').minor(currency) ?? 0,
      taxCategory: one.at('CategoryTradeTax/CategoryCode').text,
      taxRate: one.at('CategoryTradeTax/RateApplicablePercent').number,
    })),
    ...settlement.all('SpecifiedLogisticsServiceCharge').map(one => ({
      isCharge: true,
      reason: one.at('Description').text,
      amountMinor: one.at('AppliedAmount').minor(currency) ?? 0,
      taxCategory: one.at('AppliedTradeTax/CategoryCode').text,
      taxRate: one.at('AppliedTradeTax/RateApplicablePercent').number,
    })),
  ]
}

function readSeller(party: XmlNode): EInvoice['seller'] {
  const registrations = party.all('SpecifiedTaxRegistration').map(one => one.at('ID'))
  const vatNumber = plainCode(registrations.find(id => id.attribute('schemeID') === 'VA')?.text ?? null)
  const ids = [party.at('SpecifiedLegalOrganization/ID'), ...party.all('GlobalID'), ...party.all('ID')].map(node => node.text)
  return {
    name: party.at('Name').text ?? party.at('SpecifiedLegalOrganization/TradingBusinessName').text,
    ...frenchIdentity(ids, vatNumber),
    vatNumber,
    country: party.at('PostalTradeAddress/CountryID').text,
  }
}

function readMeans(settlement: XmlNode): Pick<EInvoice['payment'], 'means' | 'iban' | 'bic'> {
  const means = settlement.all('SpecifiedTradeSettlementPaymentMeans')
  const accountOf = (one: XmlNode): string | null =>
    accountNumber(one.at('PayeePartyCreditorFinancialAccount/IBANID').text) ?? accountNumber(one.at('PayeePartyCreditorFinancialAccount/ProprietaryID').text)
  const paid = means.find(one => accountOf(one) !== null) ?? means[0]
  return {
    means: paid?.at('TypeCode').text ?? null,
    iban: paid ? accountOf(paid) : null,
    bic: plainCode(paid?.at('PayeeSpecifiedCreditorFinancialInstitution/BICID').text ?? null),
  }
}

function readLine(line: XmlNode, currency: string): EInvoiceLine {
  const settlement = line.at('SpecifiedLineTradeSettlement')
  const quantity = line.at('SpecifiedLineTradeDelivery/BilledQuantity')
  const net = settlement.at('SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount')
  net.required('BT-131')
  const product = line.at('SpecifiedTradeProduct')
  return {
    lineId: line.at('AssociatedDocumentLineDocument/LineID').text ?? '',
    itemCode: product.at('SellerAssignedID').text ?? product.at('GlobalID').text,
    name: product.at('Name').text ?? product.at('Description').text ?? '',
    quantity: quantity.number ?? 1,
    unit: quantity.attribute('unitCode'),
    netMinor: net.minor(currency)!,
    taxCategory: settlement.at('ApplicableTradeTax/CategoryCode').text,
    taxRate: settlement.at('ApplicableTradeTax/RateApplicablePercent').number,
    orderReference: line.at('SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument/LineID').text,
  }
}

function readTotals(sums: XmlNode, currency: string): EInvoice['totals'] {
  const taxes = sums.all('TaxTotalAmount')
  const tax = taxes.find(one => one.attribute('currencyID')?.toUpperCase() === currency) ?? taxes.find(one => one.attribute('currencyID') === null) ?? taxes[0]
  const grandTotal = sums.at('GrandTotalAmount')
  grandTotal.required('BT-112')
  return {
    lineTotal: sums.at('LineTotalAmount').minor(currency),
    allowances: sums.at('AllowanceTotalAmount').minor(currency),
    charges: sums.at('ChargeTotalAmount').minor(currency),
    taxBasis: sums.at('TaxBasisTotalAmount').minor(currency),
    tax: tax?.minor(currency) ?? null,
    grandTotal: grandTotal.minor(currency),
    prepaid: sums.at('TotalPrepaidAmount').minor(currency),
    rounding: sums.at('RoundingAmount').minor(currency),
    due: sums.at('DuePayableAmount').minor(currency),
  }
}
