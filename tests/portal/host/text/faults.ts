import type { FrameFaultKind, RestFaultKind } from '../../core/faults.ts'
import type { ViewerLanguage } from './index.ts'

type FaultTexts = Record<FrameFaultKind | RestFaultKind, string>

const en: FaultTexts = {
  refreshAuthSilent: 'refreshAuth gets no answer',
  getInitDataSilent: 'getInitData gets no answer',
  setTitleDenied: 'setTitle is denied',
  resizeWindowDenied: 'resizeWindow is denied',
  dialogsCancelled: 'Selection dialogs are cancelled at once',
  lateReplies: 'Replies come late (1.5 s)',
  foreignOriginMessage: 'A message from a foreign origin before the first reply',
  objectMessage: 'An object instead of a string before the first reply',
  queryLimit: '503 too many requests',
  operationLimit: '429 operation time limit',
  expiredToken: '401 expired token',
  serverError: '500 server error',
  slow: 'Answer after 31 s',
  dropConnection: 'Connection dropped',
  html: 'HTML instead of JSON',
  errorWithStatus200: 'Error with status 200',
  emptyErrorCode: 'Error with an empty code',
  emptyMapAsList: 'Empty map as a list',
  missingNext: 'next is missing',
}

const fr: FaultTexts = {
  refreshAuthSilent: 'refreshAuth reste sans réponse',
  getInitDataSilent: 'getInitData reste sans réponse',
  setTitleDenied: 'setTitle est refusé',
  resizeWindowDenied: 'resizeWindow est refusé',
  dialogsCancelled: 'Les boîtes de sélection sont aussitôt annulées',
  lateReplies: 'Les réponses tardent (1,5 s)',
  foreignOriginMessage: 'Un message d’une origine étrangère avant la première réponse',
  objectMessage: 'Un objet au lieu d’une chaîne avant la première réponse',
  queryLimit: '503 trop de requêtes',
  operationLimit: '429 temps d’exécution dépassé',
  expiredToken: '401 jeton expiré',
  serverError: '500 erreur du serveur',
  slow: 'Réponse après 31 s',
  dropConnection: 'Connexion coupée',
  html: 'HTML au lieu de JSON',
  errorWithStatus200: 'Erreur avec le statut 200',
  emptyErrorCode: 'Erreur au code vide',
  emptyMapAsList: 'Dictionnaire vide écrit comme liste',
  missingNext: 'next est absent',
}

const ar: FaultTexts = {
  refreshAuthSilent: 'لا جواب على refreshAuth',
  getInitDataSilent: 'لا جواب على getInitData',
  setTitleDenied: 'رفض setTitle',
  resizeWindowDenied: 'رفض resizeWindow',
  dialogsCancelled: 'إلغاء نوافذ الاختيار فورًا',
  lateReplies: 'ردود متأخرة (1.5 ث)',
  foreignOriginMessage: 'رسالة من مصدر غريب قبل الرد الأول',
  objectMessage: 'كائن بدل النص قبل الرد الأول',
  queryLimit: '503 طلبات كثيرة',
  operationLimit: '429 تجاوز وقت التنفيذ',
  expiredToken: '401 رمز منتهي',
  serverError: '500 خطأ في الخادم',
  slow: 'جواب بعد 31 ث',
  dropConnection: 'انقطاع الاتصال',
  html: 'HTML بدل JSON',
  errorWithStatus200: 'خطأ مع الحالة 200',
  emptyErrorCode: 'خطأ برمز فارغ',
  emptyMapAsList: 'قاموس فارغ كقائمة',
  missingNext: 'غياب next',
}

export const faultTexts: Readonly<Record<ViewerLanguage, FaultTexts>> = { fr, en, ar }
