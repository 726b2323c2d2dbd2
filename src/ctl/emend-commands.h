#pragma once

#include "emend-ctl.h"

G_BEGIN_DECLS

EmendCtlStatus emend_command_new (EmendCtl *ctl);
EmendCtlStatus emend_command_add (EmendCtl *ctl);
EmendCtlStatus emend_command_schema (EmendCtl *ctl);
EmendCtlStatus emend_command_items (EmendCtl *ctl);
EmendCtlStatus emend_command_import (EmendCtl *ctl);
EmendCtlStatus emend_command_propose (EmendCtl *ctl);
EmendCtlStatus emend_command_learn (EmendCtl *ctl);
EmendCtlStatus emend_command_search (EmendCtl *ctl);
EmendCtlStatus emend_command_review (EmendCtl *ctl);
EmendCtlStatus emend_command_export (EmendCtl *ctl);
EmendCtlStatus emend_command_report (EmendCtl *ctl);
EmendCtlStatus emend_command_history (EmendCtl *ctl);
EmendCtlStatus emend_command_pack (EmendCtl *ctl);
EmendCtlStatus emend_command_verify (EmendCtl *ctl);
EmendCtlStatus emend_command_unpack (EmendCtl *ctl);
EmendCtlStatus emend_command_check (EmendCtl *ctl);

G_END_DECLS
