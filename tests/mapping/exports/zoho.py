"""Exports of Zoho CRM: leads and contacts."""

from mapping.exports.kit import export, localised
from mapping.exports.systems import ZOHO

EXPORTS = (
    export(
        "zoho-leads-en",
        localised(
            ZOHO,
            """Record Id | Lead Owner.id | Lead Owner | Company | First Name | Last Name | Title | Email | Phone |
Mobile | Fax | Website | Lead Source | Lead Status | Industry | No. of Employees | Annual Revenue | Rating | Created By
| Modified By | Created Time | Modified Time | Street | City | State | Zip Code | Country | Description | Skype ID |
Email Opt Out | Salutation | Secondary Email | Tag | Last Activity Time""",
        ),
    ),
    export(
        "zoho-contacts-en",
        """
Record Id | zcrm | business_id
Contact Owner.id | same:zcrm_554023000000235011
Contact Owner | owner | referring_employee
Lead Source | source ?80 | source
First Name | first | first_name
Last Name | last | last_name
Full Name | full
Account Name.id | zcrm ?90
Account Name | company ?90 | company_name
Email | email ?90 | email
Title | title ?60
Department | department ?30
Phone | empty
Home Phone | home ?10
Other Phone | home ?4
Mobile | mobile ?80 | phone
Fax | fax ?5
Assistant | full ?5
Asst Phone | switchboard ?5
Date of Birth | birthday ?10
Reports To | full ?10
Created By | employee
Modified By | employee
Created Time | date:time
Mailing Street | street ?50
Mailing City | city ?60
Mailing Zip | zip ?60
Other City | city ?5
Description | note ?20 | notes
Email Opt Out | bool:true/false
Twitter | nickname ?10
Unsubscribed Mode | empty
Locked | same:false
""",
    ),
    export(
        "zoho-leads-es",
        localised(
            ZOHO,
            """ID de registro | Propietario de Posible cliente.id | Propietario de Posible cliente | Empresa | Nombre |
Apellidos | Título | Correo electrónico | Teléfono | Móvil | Fax | Sitio web | Fuente de Posible cliente | Estado de
Posible cliente | Sector | N.º de empleados | Ingresos anuales | Calificación | Creado por | Modificado por | Hora de
creación | Hora de modificación | Calle | Ciudad | Estado | Código postal | País | Descripción | ID de Skype | No
participación en el correo electrónico | Saludo | Correo electrónico secundario | Etiqueta | Hora de la última
actividad""",
        ),
    ),
)
